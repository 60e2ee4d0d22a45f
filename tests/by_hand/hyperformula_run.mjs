// Calculates a workbook in HyperFormula: node hyperformula_run.mjs FOLDER_OF_HYPERFORMULA BOOK.json
// The book is {sheets: {name: {address: content}}}; prints {sheet: {address: value}}. No formula of ours uses a name.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const [library, file] = process.argv.slice(2);
const { HyperFormula } = createRequire(join(library, "package.json"))(library);
const book = JSON.parse(readFileSync(file, "utf-8"));
const place = (address) => {
  const [, letters, digits] = address.match(/^([A-Z]+)(\d+)$/);
  const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  return [Number(digits) - 1, column - 1];
};
const grids = {};
for (const [sheet, cells] of Object.entries(book.sheets)) {
  const grid = (grids[sheet] = []);
  for (const [address, content] of Object.entries(cells)) {
    const [row, column] = place(address);
    while (grid.length <= row) grid.push([]);
    while (grid[row].length < column) grid[row].push(null);
    grid[row][column] = content;
  }
}
// TRUE and FALSE are functions there; without a bracket they are names, which its documentation says to define.
const truths = ["TRUE", "FALSE"].map((name) => ({ name, expression: `=${name}()` }));
const options = { licenseKey: "gpl-v3", precisionRounding: 14, useArrayArithmetic: false, evaluateNullToZero: true };
const engine = HyperFormula.buildFromSheets(grids, options, truths);
const results = {};
for (const [sheet, cells] of Object.entries(book.sheets)) {
  const number = engine.getSheetId(sheet);
  results[sheet] = {};
  for (const address of Object.keys(cells)) {
    const [row, col] = place(address);
    const value = engine.getCellValue({ sheet: number, row, col });
    results[sheet][address] = value && typeof value === "object" ? value.value : value;
  }
}
process.stdout.write(JSON.stringify(results));
