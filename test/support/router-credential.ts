import { ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";

/** The header by which a test calls a subgraph as the router would. */
export async function routerCredential(serviceKeyFile: string, audience: string): Promise<Record<string, string>> {
  const services = await ServiceTokens.open("router", { file: serviceKeyFile, create: false });
  return { [serviceTokenHeader]: services.issue(audience) };
}
