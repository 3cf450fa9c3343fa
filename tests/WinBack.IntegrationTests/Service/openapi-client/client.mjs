// Parses and validates an OpenAPI document with @apidevtools/swagger-parser: client.mjs FILE
// Prints its operations as JSON, one a line: verb, path, operationId, parameters, names of the fields of the answer.
import SwaggerParser from "@apidevtools/swagger-parser";

const api = await SwaggerParser.validate(process.argv[2], { dereference: { circular: "ignore" } });
for (const [path, verbs] of Object.entries(api.paths))
  for (const [verb, operation] of Object.entries(verbs)) {
    const content = Object.values(operation.responses["200"].content)[0];
    const parameters = (operation.parameters ?? []).map((parameter) => `${parameter.in}:${parameter.name}`);
    const answer = Object.keys(content.schema.properties ?? {});
    console.log(JSON.stringify({ verb: verb.toUpperCase(), path, id: operation.operationId, parameters, answer }));
  }
