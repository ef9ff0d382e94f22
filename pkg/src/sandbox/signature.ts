import { createHash } from "node:crypto";
import { mistakeIn } from "./mistakes.ts";
import { canonicalQuery, type Parameter, parameterValue, readableQuery } from "./query.ts";
import { Refusal, Ret } from "./refusal.ts";

/** What a signature covers, as it arrived. */
export interface SignedRequest {
  readonly path: string;
  readonly parameters: readonly Parameter[];
  readonly body: Buffer;
}

/** Refuses with 1008 unless `sig` is md5(path + "?" + canonical query + body + key), in lower-case hex. */
export function checkSignature(request: SignedRequest, key: string): void {
  const sig = parameterValue(request.parameters, "sig");
  if (!sig) {
    throw invalid(
      request,
      "there is none; the sandbox takes no unsigned calls, a proxy has to sign them first",
    );
  }
  if (!/^[0-9a-f]{32}$/.test(sig)) throw invalid(request, "it must be 32 lower-case hex digits");
  if (request.parameters.filter(({ name }) => name === "sig").length > 1)
    throw invalid(request, "it is given twice");
  if (sig !== signatureOf(request, key)) {
    const mistake = mistakeIn(request, key, sig);
    throw invalid(request, mistake ?? "the key is another one, or something was changed after signing");
  }
}

function signatureOf({ path, parameters, body }: SignedRequest, key: string): string {
  return createHash("md5")
    .update(`${path}?${canonicalQuery(parameters)}`)
    .update(body)
    .update(key)
    .digest("hex");
}

/** Says what the sandbox signed without showing the body, the key, or either signature. */
function invalid({ path, parameters, body }: SignedRequest, reason: string): Refusal {
  const bodyMd5 = createHash("md5").update(body).digest("hex");
  return new Refusal(
    Ret.InvalidSig,
    `invalid sig: ${reason}. sig = md5(path + "?" + query + body + key); here path is ${path}, ` +
      `query is ${readableQuery(parameters)}, body is ${body.length} bytes with md5 ${bodyMd5}`,
  );
}
