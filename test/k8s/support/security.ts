import {
  DefaultPluginLoader,
  DisabledFixer,
  MonokleValidator,
  type Resource,
  ResourceParser,
  SchemaLoader,
} from "@monokle/validation";
import { stringify } from "yaml";
import { type Manifest, titleOf } from "./manifests.ts";

/** Of these all rules count, those of the restricted Pod Security profile among them; neither asks the network. */
const plugins = { "pod-security-standards": true, practices: true };

/** A limit of the processor only slows a container down while its node has time to spare; requests share it out. */
const disabled = ["practices/cpu-limit"];

const validator = new MonokleValidator({
  // The other loader asks the network for plugins that it does not know.
  loader: new DefaultPluginLoader(),
  parser: new ResourceParser(),
  schemaLoader: new SchemaLoader(),
  suppressors: [],
  fixer: new DisabledFixer(),
});

/** The rules that the objects break: "PSS203 Deployment users: Requires the container to …". */
export async function brokenRules(manifests: readonly Manifest[]): Promise<string[]> {
  const rules = await enableRules();
  const { runs } = await validator.validate({ resources: manifests.map(resourceOf) });
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, message, locations }) => {
      const at = locations[0]?.physicalLocation?.artifactLocation.uri ?? "";
      if (!rules.has(ruleId)) throw new Error(`${ruleId} is none of the rules`);
      return `${ruleId} ${at}: ${message.text}`;
    }),
  );
}

/** The ids of all rules that count. Throws when a plugin is missing: the validator would go on without it. */
export async function enableRules(): Promise<ReadonlySet<string>> {
  await validator.preload({ plugins });
  const all = Object.entries(validator.rules).flatMap(([plugin, own]) =>
    own.map(({ id, name }) => ({ id, key: `${plugin}/${name}` })),
  );
  if (all.length === 0 || validator.getFailedPlugins().length > 0) throw new Error("a plugin could not be loaded");
  const isOn = ({ key }: { key: string }) => !disabled.includes(key);
  await validator.preload({ plugins, rules: Object.fromEntries(all.map((rule) => [rule.key, isOn(rule) && "err"])) });
  return new Set(all.filter(isOn).map(({ id }) => id));
}

function resourceOf(content: Manifest): Resource {
  const { apiVersion, kind, metadata } = content;
  const title = titleOf(content);
  const place = { id: title, fileId: title, filePath: title, fileOffset: 0 };
  return { ...place, apiVersion, kind, name: metadata.name, content, text: stringify(content) };
}
