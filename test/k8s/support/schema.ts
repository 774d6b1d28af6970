import type { Manifest } from "./manifests.ts";

interface Validate {
  (data: unknown): boolean;
  errors?: readonly { readonly instancePath: string; readonly message?: string; readonly keyword: string }[] | null;
}

/**
 * What is wrong with an object by the schema of its kind, fields that the schema does not know included: "/spec/replicas:
 * type". Throws when there is no schema of that kind.
 */
export async function schemaErrors(manifest: Manifest): Promise<string[]> {
  const validate = await validatorOf(manifest);
  const { observed, untouched } = observe(manifest);
  validate(observed);
  const wrong = (validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath}: ${keyword}`);
  return [...wrong, ...untouched().map((path) => `${path}: unknown`)];
}

/** "networking.k8s.io/v1" NetworkPolicy is IoK8sApiNetworkingV1NetworkPolicy. */
async function validatorOf({ apiVersion, kind }: Manifest): Promise<Validate> {
  const [group = "core", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["core", apiVersion];
  const parts = [group.split(".")[0] as string, version].map((part) => part[0]?.toUpperCase() + part.slice(1));
  const { validate } = await import(`kubernetes-models/_schemas/IoK8sApi${parts.join("")}${kind}`);
  return validate;
}

/**
 * The validators look at every field that their schema knows, and at no other: what has not been looked at is not known.
 * (They are compiled, so that the schemas themselves can't be made strict.)
 */
function observe<T extends object>(target: T) {
  const touched = new Set<string>();
  const wrap = <V>(value: V, path: string): V => {
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      get(object, key) {
        const member = Reflect.get(object, key);
        if (typeof key === "symbol") return member;
        touched.add(`${path}/${key}`);
        return wrap(member, `${path}/${key}`);
      },
    });
  };
  const untouchedIn = (value: unknown, path: string): string[] => {
    if (path !== "" && !touched.has(path)) return [path];
    if (typeof value !== "object" || value === null) return [];
    return Object.entries(value).flatMap(([key, member]) => untouchedIn(member, `${path}/${key}`));
  };
  return { observed: wrap(target, ""), untouched: () => untouchedIn(target, "") };
}
