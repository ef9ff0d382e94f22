// The known answers of tests/vectors, bundled into the program, with the shapes that it relies on.

import arkExtra from "../../vectors/ark-extra.json";
import avatar from "../../vectors/avatar.json";
import avatarFit from "../../vectors/avatar-fit.json";
import channels from "../../vectors/channels.json";
import errors from "../../vectors/errors.json";
import gender from "../../vectors/gender.json";
import requests from "../../vectors/requests.json";
import responses from "../../vectors/responses.json";
import signing from "../../vectors/signing.json";
import statuses from "../../vectors/statuses.json";

type Platform = "wechat" | "qq" | "facebook";
type Endpoint = "friend_list" | "recall_friends_list" | "get_sopenid" | "share" | "ark_share";

/** By their names in the files. */
export const PLATFORMS: Record<Platform, number> = { wechat: 1, qq: 2, facebook: 4 };

export interface SigningCase {
  path: string;
  params: Record<string, string>;
  body: string;
  sigKey: string;
  canonicalQuery: string;
  sig: string;
}

export interface AvatarCase {
  channel: Platform;
  pictureUrl: string;
  size: number;
  expected: string | null;
}

export interface FitCase {
  channel: Platform;
  cssPixels: number;
  devicePixelRatio: number;
  expected: number;
}

export interface GenderCase {
  channel: number;
  gender: number;
  expected: number;
}

export interface ChannelCase {
  name: string;
  id: number;
  avatarSizes: number[];
  gender: "shown" | "masked";
}

export interface ArkCase {
  input: string;
  extra: string;
}

export interface RequestCase {
  endpoint: Endpoint;
  channel: Platform;
  input: object;
  body?: object;
  error?: string;
  field?: string;
}

export interface ResponseCase {
  endpoint: Endpoint;
  channel: Platform;
  response: object;
  expected: unknown;
}

export interface ErrorCase {
  channel: Platform;
  ret: number;
  msg: string;
  kind: string;
  retryable: boolean;
  platformCode?: number;
}

export interface StatusCase {
  status: number;
  kind: string;
  retryable: boolean;
}

/** TypeScript reads a file's texts as `string`, where the cases hold a few names. */
const casesOf = <Case>(file: { cases: unknown[] }) => file.cases as Case[];

export const signingCases = casesOf<SigningCase>(signing);
export const avatarCases = casesOf<AvatarCase>(avatar);
export const fitCases = casesOf<FitCase>(avatarFit);
export const genderCases = casesOf<GenderCase>(gender);
export const arkCases = casesOf<ArkCase>(arkExtra);
export const requestCases = casesOf<RequestCase>(requests);
export const responseCases = casesOf<ResponseCase>(responses);
export const errorCases = casesOf<ErrorCase>(errors);
export const statusCases = casesOf<StatusCase>(statuses);
export const channelCases = casesOf<ChannelCase>(channels);
export const unknownChannels: number[] = channels.unknownIds;
