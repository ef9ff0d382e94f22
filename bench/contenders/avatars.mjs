import { avatarUrl } from "msdk-friends";
import { avatarUrl as twinAvatarUrl } from "../../tests/twin/avatars.ts";

export const avatarSizers = {
  "msdk-friends": avatarUrl,
  "plain JavaScript": twinAvatarUrl,
};
