/** The `faultline` command. */
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { exportTarget } from '../convert/export/result.ts';
import { doctor } from './commands/doctor.ts';
import { down } from './commands/down.ts';
import { exportCommand } from './commands/export.ts';
import { importComposeCommand } from './commands/import-compose.ts';
import { requests } from './commands/requests.ts';
import { ui } from './commands/ui.ts';
import { up } from './commands/up.ts';
import { validate } from './commands/validate.ts';
import { CommandFailed, ExitCode } from './exit-code.ts';
import { paint, say } from './output.ts';
import { packageVersion } from './package-version.ts';

const EXIT_CODES = `
Exit codes:
  0  all went well
  1  the document has errors
  2  the command was used wrongly
  3  the mesh could not be started`;

function wholeNumber(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isInteger(value) && value >= from && value <= to) return value;
    throw new InvalidArgumentError(`expected a whole number from ${from} to ${to}`);
  };
}

const PATH = 'a mesh document or a compose file, or a folder with one';

const path = (): Argument => new Argument('[path]', PATH).default('.');
const port = (): Option =>
  new Option('--port <port>', 'port of the app; 0: any free one')
    .default(0)
    .argParser(wholeNumber(0, 65535));
const workers = (): Option =>
  new Option('--workers <count>', 'threads of the data plane; default by the cores').argParser(
    wholeNumber(1, 64),
  );
const runtime = (): Option =>
  new Option(
    '--runtime <runtime>',
    'how services run that say nothing of it, instead of what the document says',
  ).choices(['process', 'docker']);

/** Those that run a mesh. */
function addRunCommands(program: Command): void {
  program
    .command('up')
    .description('run a mesh without a window')
    .addArgument(path())
    .addOption(port())
    .addOption(workers())
    .addOption(runtime())
    .option('--json', 'one line of JSON when all is ready, then one for each event')
    .action(up);
  program
    .command('ui')
    .description('run a mesh and show it')
    .argument('[path]', PATH)
    .addOption(new Option('--default-path <path>').default('.').hideHelp())
    .addOption(port())
    .addOption(workers())
    .addOption(runtime())
    .option('--browser', 'in the browser, even where Electron is there')
    .option('--no-open', 'print the address only')
    .action(ui);
}

function createProgram(): Command {
  const program = new Command('faultline')
    .description('A service mesh on your laptop: run it, break it, export what you tested.')
    .version(packageVersion())
    .addHelpText('after', EXIT_CODES)
    .exitOverride();
  addRunCommands(program);
  program
    .command('down')
    .description('end a mesh that runs, and remove what crashed runs have left')
    .argument('[path]', 'the mesh to end; without it only what crashed runs have left is removed')
    .option('--volumes', "the mesh's volumes too, with all that is in them")
    .action(down);
  program
    .command('validate')
    .description('check a document')
    .addArgument(path())
    .option('--json', 'as JSON')
    .action(validate);
  program
    .command('export')
    .description("write a document as another system's configuration")
    .addArgument(path())
    .addOption(
      new Option('--target <target>', 'the system')
        .choices(exportTarget.options)
        .makeOptionMandatory(),
    )
    .option('--out <folder>', 'write files instead of printing')
    .option('--json', 'files and notes as JSON')
    .action(exportCommand);
  program
    .command('import')
    .description("make a document from another system's files")
    .command('compose')
    .description('a document that refers to docker-compose files')
    .argument('<files...>', 'compose files, each laid over those before it')
    .option('-o, --out <file>', 'write it instead of printing')
    .option('--force', 'write over a file that is there')
    .action(importComposeCommand);
  addRequests(program);
  program
    .command('doctor')
    .description('what is there, what is missing, how to get it')
    .option('--json', 'as JSON')
    .action(doctor);
  return program;
}

function addRequests(program: Command): void {
  program
    .command('requests')
    .description('the requests that a running mesh keeps: a line of JSON each, or an HTTP Archive')
    .argument('<address>', "of the app, as 'up' prints it")
    .option('--filter <filter>', "as in the app: 'service:payments status:>=500'", '')
    .addOption(
      new Option('--limit <count>', 'the newest so many')
        .default(1000)
        .argParser(wholeNumber(1, 100_000)),
    )
    .option('--har <file>', 'into this file, as HAR 1.2')
    .action(requests);
}

async function main(): Promise<number> {
  try {
    await createProgram().parseAsync();
    return ExitCode.OK;
  } catch (error) {
    // Commander has said what was wrong; its help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.OK : ExitCode.USAGE;
    if (error instanceof CommandFailed) {
      say(`${paint('red', 'faultline:')} ${error.message}`);
      return error.exitCode;
    }
    throw error;
  }
}

process.exitCode = await main();
