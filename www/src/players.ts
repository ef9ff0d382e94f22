// The openids of the platform's own sample players (seed, 1.4). Its overseas channels have none there.

import { Channel } from "msdk-friends";

const WECHAT = "13601369187816917176";
const QQ = "4724195171999796436";

export function samplePlayer(channel: number): string {
  return channel === Channel.WeChat ? WECHAT : QQ;
}
