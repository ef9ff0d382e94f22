// Avatar URLs in all the forms that arrive, and the size that is wanted of each.

import { QQ, WECHAT } from "./friends.mjs";

const HEX = "0123456789ABCDEF";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

export function pictures(chance, count) {
  return Array.from({ length: count }, () => (chance.once(2) ? wechatPicture(chance) : qqPicture(chance)));
}

function wechatPicture(chance) {
  const scheme = chance.once(8) ? "http" : "https";
  const size = chance.pick(["", "", "/0", "/132"]);
  return {
    channel: WECHAT,
    pictureUrl: `${scheme}://wx.qlogo.cn/mmhead/${chance.text(BASE64, 43)}${size}`,
    wanted: { cssPixels: 40, devicePixelRatio: 1 + chance.below(3) },
  };
}

function qqPicture(chance) {
  return {
    channel: QQ,
    pictureUrl: `https://thirdqq.qlogo.cn/qqapp/1106977030/${chance.text(HEX, 32)}${chance.pick(["/", "", "/40"])}`,
    wanted: { size: 100 },
  };
}
