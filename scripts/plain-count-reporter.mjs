/** Ends a test run with one plain line, `N passed, N failed`, for machines that read the log. */
export default class PlainCountReporter {
  onTestRunEnd(testModules, unhandledErrors) {
    let passed = 0;
    let failed = unhandledErrors.length;
    for (const testModule of testModules) {
      let failedHere = 0;
      for (const test of testModule.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        if (state === 'failed') failedHere += 1;
      }
      // A file that could not be loaded has no tests that could fail.
      failed += failedHere === 0 && testModule.state() === 'failed' ? 1 : failedHere;
    }
    process.stdout.write(`${passed} passed, ${failed} failed\n`);
  }
}
