// onnxruntime on one thread: see score_peers.sh. Usage: node score_peers.mjs MODEL ROWS FOLDER-WITH-NODE-MODULES
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [model, rowsFile, folder] = process.argv.slice(2);
const ort = createRequire(resolve(folder, "package.json"))("onnxruntime-node");
const rows = readFileSync(rowsFile, "utf8").trim().split("\n").map((line) => Float32Array.from(line.split(",").map((x) => (x === "nan" || x === "" ? NaN : Number(x)))));
const features = rows[0].length;
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, executionMode: "sequential" });
const input = session.inputNames[0];
const output = [session.outputNames[session.outputNames.length - 1]];
const all = new Float32Array(rows.length * features);
rows.forEach((row, i) => all.set(row, i * features));
const single = rows.map((row) => ({ [input]: new ort.Tensor("float32", row, [1, features]) }));
const whole = { [input]: new ort.Tensor("float32", all, [rows.length, features]) };

async function fastest(pass) {
  let best = Infinity;
  const end = performance.now() + 2000;
  while (performance.now() < end) {
    const start = process.cpuUsage();
    await pass();
    const used = process.cpuUsage(start);
    best = Math.min(best, ((used.user + used.system) * 1e3) / rows.length);
  }
  return best;
}

const row = await fastest(async () => { for (const feed of single) await session.run(feed, output); });
const batch = await fastest(() => session.run(whole, output));
console.log(`onnxruntime (node) row,${row}\nonnxruntime (node) batch,${batch}`);
