// Who may import whom. docs/ARCHITECTURE.md explains it; a folder imports only from folders of lower rows, never from its own row.
const rows = [
  ['primitives'],
  ['market'],
  ['indicators'],
  ['candles'],
  ['options'],
  ['orders'],
  ['portfolio'],
  ['sets', 'risk'],
  ['plugins'],
  ['config'],
  ['simulation', 'journal', 'feeds'],
  ['runtime'],
  ['backtest'],
  ['testing'],
];
const pure = rows.slice(0, 8).flat();
const withoutRxjs = pure.filter((folder) => !['indicators', 'candles', 'options'].includes(folder));

const engine = '^packages/engine/src';
const inside = (folders) => `${engine}/(${folders.join('|')})/`;
const tests = '\\.(test|test-kit|fixture)\\.ts$';

/** One rule for each folder: it does not import from its siblings, nor from what lies above it. */
const layerRules = rows.flatMap((row, index) =>
  row.map((folder) => {
    const higher = rows.slice(index + 1).flat();
    const siblings = row.filter((other) => other !== folder);
    return {
      name: `layer-${folder}`,
      comment: `${folder}/ imports only from the rows below it.`,
      severity: 'error',
      from: { path: inside([folder]), pathNot: tests },
      to: { path: inside([...siblings, ...higher]) },
    };
  }),
);

/** A test may use the test kit and build on any layer below it, its siblings and itself; nothing else of what lies above. */
const testRules = rows.flatMap((row, index) => {
  const higher = rows
    .slice(index + 1)
    .flat()
    .filter((folder) => folder !== 'testing');
  return row
    .filter(() => higher.length > 0)
    .map((folder) => ({
      name: `layer-${folder}-tests`,
      comment: `A test of ${folder}/ knows the test kit, but no other layer above it.`,
      severity: 'error',
      from: { path: `${engine}/${folder}/.*${tests}` },
      to: { path: inside(higher) },
    }));
});

module.exports = {
  forbidden: [
    ...layerRules,
    ...testRules,
    {
      name: 'pure-layers-have-no-io',
      comment: 'Time, chance and I/O come into layers 0 to 7 as inputs.',
      severity: 'error',
      from: { path: inside(pure), pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rxjs-begins-at-candles',
      comment: 'Of the pure layers only indicators/, candles/ and options/ have operators.',
      severity: 'error',
      from: { path: inside(withoutRxjs), pathNot: tests },
      to: { path: 'node_modules/rxjs/' },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other hold one thing: find the seam.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-barrels-inside',
      comment: 'Import the file that has it. An index.ts is for those outside the package.',
      severity: 'error',
      from: { path: `${engine}/` },
      to: { path: '/index\\.ts$' },
    },
    {
      name: 'engine-knows-no-plug-in',
      severity: 'error',
      from: { path: `${engine}/` },
      to: { path: '^packages/(brokers|strategies|cli)/' },
    },
    {
      name: 'brokers-know-the-engine-alone',
      severity: 'error',
      from: { path: '^packages/brokers/' },
      to: { path: '^packages/(strategies|cli)/' },
    },
    {
      name: 'strategies-know-the-engine-alone',
      severity: 'error',
      from: { path: '^packages/strategies/' },
      to: { path: '^packages/(brokers|cli)/' },
    },
    {
      name: 'plug-ins-do-not-know-each-other',
      comment: 'One folder a broker, one folder a strategy: what two of them share has a file of its own beside the folders.',
      severity: 'error',
      from: { path: '^packages/(brokers|strategies)/src/([^/]+)/' },
      to: { path: '^packages/$1/src/[^/]+/', pathNot: '^packages/$1/src/$2/' },
    },
    {
      name: 'packages-use-the-front-door',
      comment: 'From another package only what its exports name: nobody inside has what an outsider cannot import.',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/[^/]+/src/', pathNot: ['^packages/$1/', '/index\\.ts$'] },
    },
    {
      name: 'not-to-tests',
      severity: 'error',
      from: { pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-dependencies-only',
      comment: 'What a package imports at run time is in its own package.json.',
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: tests },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
};
