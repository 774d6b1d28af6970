/**
 * `npm run bench:whole`: the whole product on a real MongoDB, with accounts of a thousand to a million tasks, beside a small
 * service that does the same without federation. `--help` lists the options. Exits with 1 when a figure is not what is wanted of
 * it, 2 when the command line is wrong, and 130 when it was interrupted.
 */
import { runProgram } from "../run-program.ts";
import { readArguments, usage } from "./arguments.ts";
import { bench } from "./bench.ts";

await runProgram({ readArguments, usage, bench });
