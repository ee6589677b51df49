/**
 * The packages of other platforms that a lock file lacks: optional dependencies that no entry answers to.
 *
 * @returns entries for the lock file; the version is the one that the dependent pins, the platform is read from the name.
 */
export function missingPlatforms(packages) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev, engines }] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(optionalDependencies)) {
      if (places(path, name).some((place) => packages[place] !== undefined)) continue;
      const version = /^\d+\.\d+\.\d+$/.exec(range)?.[0];
      const platform = platformOf(name);
      if (version === undefined || platform === undefined) continue;
      const { cpu, libc, os } = platform;
      // The order in which npm itself writes the fields, so that it leaves them as they are.
      const fields = { version, cpu, dev, libc, optional: true, os, engines };
      missing.set(`node_modules/${name}`, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
    }
  }
  return [...missing];
}

/** Where Node would look for a package from inside another one, the nearest first. */
function places(path, name) {
  const found = [`${path}/node_modules/${name}`];
  for (let at = path.lastIndexOf('/node_modules/'); at > 0; at = path.lastIndexOf('/node_modules/', at - 1)) {
    found.push(`${path.slice(0, at)}/node_modules/${name}`);
  }
  return [...found, `node_modules/${name}`];
}

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64'];
const LIBRARIES = [
  [/^gnu/, 'glibc'],
  [/^musl/, 'musl'],
];

/** `…-linux-arm64-musl` names a system, a processor and a C library. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const library = os === 'linux' ? LIBRARIES.find(([pattern]) => words.some((word) => pattern.test(word)))?.[1] : undefined;
  return { cpu: [cpu], libc: library && [library], os: [os] };
}
