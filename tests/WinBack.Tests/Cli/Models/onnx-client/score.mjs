// Scores rows with onnxruntime: node score.mjs MODEL < inputs.json > outputs.json
// inputs.json: { "features": { "rows": n, "numbers": [...] }, "plan": { "rows": n, "texts": [...] } }; a missing number is null.
// outputs.json: every output of the model as { "dims": [...], "data": [...] }.
import { readFileSync } from "node:fs";
import { InferenceSession, Tensor } from "onnxruntime-node";

const inputs = JSON.parse(readFileSync(0, "utf8"));
const session = await InferenceSession.create(process.argv[2]);
const feeds = {};
for (const [name, { rows, numbers, texts }] of Object.entries(inputs)) {
  feeds[name] = texts
    ? new Tensor("string", texts, [rows, 1])
    : new Tensor("float32", Float32Array.from(numbers, (value) => value ?? NaN), [rows, numbers.length / rows]);
}
const outputs = {};
for (const [name, tensor] of Object.entries(await session.run(feeds))) {
  outputs[name] = { dims: tensor.dims, data: Array.from(tensor.data) };
}
console.log(JSON.stringify(outputs));
