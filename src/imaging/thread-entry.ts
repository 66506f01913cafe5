/**
 * What to start a thread with whose code is the module at `url`. An entry of one line that imports it: module loaders
 * that the process was given apply to imports, not to a thread's own file.
 */
export const threadEntry = (url: URL): URL =>
  new URL(`data:text/javascript,import ${encodeURIComponent(JSON.stringify(url))}`);
