/**
 * `npm run bench`: our router and others side by side, in turn, on one processor each time. `--help` lists the options.
 * Exits with 1 when a figure is not what is wanted of it, 2 when the command line is wrong, and 130 when it was interrupted.
 */
import { runProgram } from "../run-program.ts";
import { readArguments, usage } from "./arguments.ts";
import { bench, peerNames } from "./bench.ts";

await runProgram({ readArguments: (args) => readArguments(args, peerNames), usage, bench });
