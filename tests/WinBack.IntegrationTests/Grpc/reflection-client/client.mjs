// A gRPC client without our proto files: all it knows, it asks the server by reflection.
//   node client.mjs HOST:PORT list
//   node client.mjs HOST:PORT describe FULL.NAME          the file that declares the name, its imports, and the
//                                                        methods if it is a service
//   node client.mjs HOST:PORT call FULL.SERVICE/Method '{"json": "request"}'   unary and server streaming
// Prints one JSON value a line. REFLECTION=v1alpha asks in the older version. LIMIT=n ends a stream after n messages.
// Needs: npm ci in this folder.
import process from "node:process";
import grpc from "@grpc/grpc-js";
import descriptors from "google-protobuf/google/protobuf/descriptor_pb.js";
import reflection from "grpc-js-reflection-client";

const [target, command, argument, json] = process.argv.slice(2);
const client = new reflection.GrpcReflection(
  target, grpc.credentials.createInsecure(), {}, process.env.REFLECTION ?? "v1");
const print = value => console.log(JSON.stringify(value));

async function describe(name) {
  const files = (await client.getProtoDescriptorBySymbol(name)).map(
    bytes => descriptors.FileDescriptorProto.deserializeBinary(new Uint8Array(bytes)));
  print({ files: files.map(file => file.getName()) });
  try {
    print({ methods: (await client.listMethods(name)).map(method => method.name) });
  } catch (error) {
    if (!String(error.message).includes("Not found service")) throw error;
  }
}

async function call(path, request) {
  const [service, method] = path.split("/");
  const root = (await client.getDescriptorBySymbol(service)).getPackageObject({ enums: String, longs: String, keepCase: true });
  const Stub = service.split(".").reduce((scope, name) => scope[name], root);
  const stub = new Stub(target, grpc.credentials.createInsecure());
  const options = { deadline: Date.now() + 30_000 };
  if (Stub.service[method].responseStream) {
    let left = Number(process.env.LIMIT ?? Infinity);
    const stream = stub[method](request, options);
    for await (const message of stream) {
      print(message);
      if (--left <= 0) break;
    }
  } else {
    print(await new Promise((resolve, reject) =>
      stub[method](request, options, (error, response) => (error ? reject(error) : resolve(response)))));
  }
}

try {
  if (command === "list") print(await client.listServices());
  else if (command === "describe") await describe(argument);
  else if (command === "call") await call(argument, JSON.parse(json ?? "{}"));
  else throw new Error("commands: list, describe NAME, call SERVICE/Method JSON");
  process.exit(0);
} catch (error) {
  print({ error: String(error.message ?? error), code: error.code });
  process.exit(1);
}
