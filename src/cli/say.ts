/** Progress of a command: on stderr, because stdout is what the command answers. */
export const say = (line: string): void => void process.stderr.write(`${line}\n`);
