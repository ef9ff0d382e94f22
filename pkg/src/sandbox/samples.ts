// The seed page's own samples, and one for the channels of which it shows none.
import { type JsonObject, QQ, WECHAT, type WireFriend } from "./wire.ts";

export function friendsSample(channel: number): readonly WireFriend[] {
  if (channel === WECHAT) return WECHAT_FRIENDS;
  return channel === QQ ? QQ_FRIENDS : OVERSEAS_FRIENDS;
}

export function recallSample(channel: number): JsonObject {
  return channel === WECHAT ? WECHAT_RECALL : QQ_RECALL;
}

export function sopenidSample(channel: number): string {
  return channel === WECHAT
    ? "sHlap1b2ZKIs92noWooBci31u9Y8"
    : "ikrjDgPqEUPTY_jnBKx9w5NZAkOimlyv-Tzl2Cj0gEFCtDHY_KjzRQBD9CuufGrM";
}

const WECHAT_FRIENDS: readonly WireFriend[] = [
  {
    user_name: "zzz",
    picture_url: "https://wx.qlogo.cn/mmhead/No0JxNE4LEUcXM5dmgJcjEadU8jllM45SGtOHxsmiafM",
    provice: "",
    openid: "6292984005760995448",
    nick_name: "Σ( ̄。 ̄ノ)ノ",
    friend_remark: "Xiao Zhang",
  },
  {
    user_name: "Xiao Jia",
    picture_url: "https://wx.qlogo.cn/mmhead/Zc9yUpJNc2MVN3IzgUtL9BsfA09pp4MSaaib8nSDb03M",
    provice: "",
    openid: "18182179939911361117",
    nick_name: "Xiao Jia",
  },
];

const QQ_FRIENDS: readonly WireFriend[] = [
  {
    user_name: "Xiao Zhang",
    gender: 0,
    picture_url: "https://q.qlogo.cn/qqapp/1106977030/A7DB20EFF6DD4A617367B71186DB33A6/",
    openid: "14882639338379730531",
  },
  {
    user_name: "Xiao Jia",
    gender: 0,
    picture_url:
      "https://thirdqq.qlogo.cn/qqopen/ZdvYp9s7k6qJuCiaNlJR3hT5vtL0rJxiclJ814gxnmuKYXv0xs04j1WWUoKX1u1MlE/",
    openid: "15991060247728890761",
  },
];

/** Not the seed's. Genders are sent, so that a client that should mask them can be seen to do it. */
const OVERSEAS_FRIENDS: readonly WireFriend[] = [
  {
    user_name: "Alex Tan",
    gender: 1,
    picture_url: "https://avatars.example/alex.jpg",
    country: "SG",
    language: "en",
    openid: "11529215046068469761",
  },
  {
    user_name: "Zoë Müller",
    gender: 2,
    picture_url: "",
    openid: "11529215046068469762",
  },
];

const WECHAT_RECALL: JsonObject = {
  friend_list: [
    {
      sopenid: "sHlap1bakvTsj1fyeeWxPoIW5OiY",
      head_img_url:
        "http://wx.qlogo.cn/mmopen/vi_32/298Iynvq8598KfjWKRxHX0w2P1icnoE1mnj6BlOBicEOAoG6qbl6oD6Csumiaq2LFIsiat5ZZAsN95SRDULfoiaob4g/0",
      nick_name: "Gong Chang Yue Ban Yue Ban",
    },
    {
      sopenid: "sHlap1V3R7QDESg-WgyRfXI5ZKcI",
      head_img_url:
        "http://wx.qlogo.cn/mmopen/vi_32/Q0j4TwGTfTIAmxdv26icib4TayhbZqqdJ49Zvwicukf8vJw6zCgPdDAYxMEG37tkkmg54Y8zrObeFCKpKMcRaMGzg/0",
      nick_name: "Lin",
    },
  ],
  model_id: 0,
  send_list: [],
};

const QQ_RECALL: JsonObject = {
  friend_list: [
    {
      sopenid: "ChBBXeAbRjqUbDa8zZ8K_A1oNBKBAWK9mxgNDNwJIxBYd6IWho2aWtjfbWqkjpi7",
      nick_name: "He Miao Miao Taro",
      head_img_url: "https://thirdqq.qlogo.cn/qqapp/1106977030/B784C3A8411A406546E40DCD9D898635/100",
    },
    {
      sopenid: "NYcNfgzl7EIk5d96VCJOYJtHI3wYf0qUOqG5X8ilZGW8lMlr2v0QtXUkcXQrH4d3",
      nick_name: "Operation Development-Jiang Huiqiang",
      head_img_url: "https://thirdqq.qlogo.cn/qqapp/1106977030/255E40A981DF206E75975A7440098C1D/100",
    },
    {
      sopenid: "ajOYNtR74_zxjXaKF6h-0GuOCNhXuCrtGS_ADdx3D_V-9Jb_wsQOvYbHjUXZaCUs",
      nick_name: "Nasda α",
      head_img_url: "https://thirdqq.qlogo.cn/qqapp/1106977030/DF5130F8023DFE197B121346B10EB9FA/100",
    },
    {
      sopenid: "P61CN9sYPuDO05-ydiefCUGYKGzPE8avgAhhMVlUBQVu7-VAq1CclagM2qo5f_R8",
      nick_name: "Wang Zhibo",
      head_img_url: "https://thirdqq.qlogo.cn/qqapp/1106977030/56ED3920969AFAD056EB83A323B1155D/100",
    },
  ],
};
