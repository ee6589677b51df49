/** Days of 2013–2015 that were shorter, as the recording has them: an evening or a Saturday, and a morning that broke off for an hour. */
export const shortDays2013: readonly string[] = [
  '2013-05-11=11:15-12:50',
  '2013-10-14=09:15-10:12,11:25-15:30',
  '2014-03-22=11:15-12:47',
  '2014-10-23=18:30-19:30',
];
