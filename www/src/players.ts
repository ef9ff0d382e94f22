// The sample players of the platform's page (seed, 1.4). Its overseas channels have none there.

import { Channel } from "msdk-friends";

export interface SamplePlayer {
  openid: string;
  token: string;
}

const wechat: SamplePlayer = {
  openid: "13601369187816917176",
  token:
    "61_nTO2IrYUm4KTM58tuZYZR8wZMbjyDJWndI_AMzuIKjAOGDobd94FtNLaiH8KmB774Q40xDo14hjnmHi_mZocsuACKV3GVps7gPXr-glx4Ts",
};
const qq: SamplePlayer = { openid: "4724195171999796436", token: "27A50B44430AAD6BFFBE09BA875E48BB" };

export function samplePlayer(channel: number): SamplePlayer {
  return channel === Channel.WeChat ? wechat : qq;
}
