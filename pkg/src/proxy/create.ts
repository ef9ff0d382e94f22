import { pathOf, wholeNumber } from "./checks.ts";
import { forwardDoor } from "./forward.ts";
import { handlerOf, type ProxyHandler } from "./handler.ts";
import { Metrics } from "./metrics.ts";
import { checkNames, PROXY, SIGN_ENDPOINT } from "./names.ts";
import { guardsOf, type ProxyOptions, routeOf, type SignEndpointOptions } from "./options.ts";
import { signDoor } from "./sign.ts";

/** {@link createProxy} without loading the core. */
export async function proxyOf(options: ProxyOptions): Promise<ProxyHandler> {
  checkNames(options, PROXY);
  const metrics = new Metrics();
  const guards = await guardsOf(options, metrics);
  return handlerOf(forwardDoor(guards, routeOf(options)), guards, metrics);
}

/** {@link createSignEndpoint} without loading the core. */
export async function signEndpointOf(options: SignEndpointOptions): Promise<ProxyHandler> {
  checkNames(options, SIGN_ENDPOINT);
  const metrics = new Metrics();
  const guards = await guardsOf(options, metrics);
  const rules = {
    path: pathOf("path", options.path ?? "/sign"),
    tsWindowSeconds: wholeNumber("tsWindowSeconds", options.tsWindowSeconds ?? 300, 86_400),
  };
  return handlerOf(signDoor(guards, rules), guards, metrics);
}
