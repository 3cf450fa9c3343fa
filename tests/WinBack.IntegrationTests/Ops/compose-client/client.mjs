// Checks a compose file and a Dockerfile with their own tools; prints one line per finding, "file:line rule message".
// Usage: node client.mjs COMPOSE DOCKERFILE
import { readFileSync } from 'node:fs';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';

const [compose, dockerfile] = process.argv.slice(2);
// Only what is wrong, not the order or the style of the lines.
const style = ['no-quotes-in-volumes', 'require-quotes-in-ports', 'service-dependencies-alphabetical-order',
  'service-image-require-explicit-tag', 'service-keys-order', 'service-ports-alphabetical-order', 'services-alphabetical-order',
  'top-level-properties-order', 'no-build-and-image'];
const linter = new DCLinter({ rules: Object.fromEntries(style.map((rule) => [rule, 0])), quiet: false, debug: false, exclude: [] });
for (const file of linter.lintFiles([compose], false)) {
  for (const found of file.messages) console.log(`${compose}:${found.line} ${found.rule} ${found.message}`);
}
for (const found of validate(readFileSync(dockerfile, 'utf8'))) {
  console.log(`${dockerfile}:${found.range.start.line + 1} ${found.code} ${found.message}`);
}
