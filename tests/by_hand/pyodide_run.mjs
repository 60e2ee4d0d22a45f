// Runs a Python program in Pyodide: node pyodide_run.mjs FOLDER_OF_PYODIDE FOLDER_OF_INPUTS
// The files of the second folder are copied to /inputs there; program.py is run, and what it prints is printed.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodideFolder, inputs] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(pyodideFolder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: pyodideFolder });
python.FS.mkdir("/inputs");
for (const name of readdirSync(inputs)) python.FS.writeFile(`/inputs/${name}`, readFileSync(join(inputs, name)));
python.runPython(readFileSync(join(inputs, "program.py"), "utf-8"));
