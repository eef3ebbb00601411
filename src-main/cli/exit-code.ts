/** How the command ends; documented in its help and in the README. */
export const ExitCode = {
  OK: 0,
  /** The mesh is wrong: the document has errors. */
  MESH_WRONG: 1,
  /** The command was used wrongly: an unknown option, a path that does not exist. */
  USAGE: 2,
  /** The mesh is right but could not be started: a port in use, a missing build. */
  NOT_STARTED: 3,
} as const;

/** Ends the command with a message for people and a code for programs. */
export class CommandFailed extends Error {
  readonly exitCode: number;

  constructor(exitCode: number, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}
