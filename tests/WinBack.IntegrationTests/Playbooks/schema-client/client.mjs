// Validates YAML files against a JSON schema (draft 2020-12).
// Usage: node client.mjs SCHEMA FILE...
// Prints one line per error, "name: place what"; exit code 0 whether there are any or not.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { parse } from 'yaml';

const [schema, ...files] = process.argv.slice(2);
const validate = new Ajv({ allErrors: true, strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
for (const file of files) {
  if (validate(parse(readFileSync(file, 'utf8')))) continue;
  for (const error of validate.errors) console.log(`${basename(file)}: ${error.instancePath} ${error.message}`);
}
