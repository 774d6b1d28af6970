import type { Manifest } from "../../k8s/support/manifests.ts";

export interface NodePod {
  readonly namespace: string;
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** One that has Node. */
  readonly image: string;
  /** What it does, in a CommonJS script. Default: nothing, until it is deleted. */
  readonly script?: string;
}

/** A pod of one container, `node`, that the restricted Pod Security profile allows. */
export const nodePod = ({
  namespace,
  name,
  labels = {},
  image,
  script = "setInterval(() => {}, 1e9)",
}: NodePod): Manifest => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { namespace, name, labels },
  spec: {
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: 1,
    securityContext: { runAsNonRoot: true, runAsUser: 10_001, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        name: "node",
        image,
        imagePullPolicy: "IfNotPresent",
        command: ["node", "--eval", script],
        resources: { requests: { cpu: "50m", memory: "64Mi" } },
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
      },
    ],
  },
});
