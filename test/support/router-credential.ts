import { ServiceTokens, serviceTokenHeader } from "@tareas/service-kit/auth/service-token";
import { clientAddressHeader } from "@tareas/service-kit/http/client";

/** The header by which a test calls a server as another of ours would. */
export async function serviceCredential(
  service: string,
  serviceKeyFile: string,
  audience: string,
): Promise<Record<string, string>> {
  const services = await ServiceTokens.open(service, { file: serviceKeyFile, create: false });
  return { [serviceTokenHeader]: services.issue(audience) };
}

/** Makes the headers by which a test calls a subgraph as the router would on behalf of a client at some address. */
export async function clientsOfRouter(
  serviceKeyFile: string,
  audience: string,
): Promise<(address: string) => Record<string, string>> {
  const services = await ServiceTokens.open("router", { file: serviceKeyFile, create: false });
  return (address) => ({ [serviceTokenHeader]: services.issue(audience), [clientAddressHeader]: address });
}

/** The header by which a test calls a subgraph as the router would. */
export const routerCredential = (serviceKeyFile: string, audience: string) =>
  serviceCredential("router", serviceKeyFile, audience);
