// Answers of friend_list as the platform sends them: fields, lengths and alphabets are those of the seed's samples (1.4).

const DIGITS = "0123456789";
const HEX = "0123456789ABCDEF";
const BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const HAN = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗小大明海风云月星辰雨雪梦南北东西山水花叶天清";
const LATIN = ["Xiao Zhang", "Alice", "zzz", "Gong Chang Yue", "Wang Zhibo", "Lin", "O'Neil", "Tom & Jerry"];
const ODD = [
  "Σ( ̄。 ̄ノ)ノ",
  "José Núñez",
  'the "king"',
  "さくら🌸",
  "🎮GG🎮",
  "a\\b",
  "김민준",
  "👨‍👩‍👧 family",
];
const PLACES = [
  ["广东", "深圳"],
  ["Guangdong", "Shenzhen"],
  ["上海", ""],
  ["", ""],
];

export const WECHAT = 1;
export const QQ = 2;

/** 19 or 20 digits, above 2^53. */
const openid = (chance) => chance.pick("123456789") + chance.text(DIGITS, 18 + chance.below(2));

/** Every second name is Chinese, every fifth has something that needs more than two bytes or an escape. */
function name(chance) {
  if (chance.once(5)) return chance.pick(ODD);
  return chance.once(2) ? chance.pick(LATIN) : chance.text(HAN, 2 + chance.below(5));
}

function wechatFriend(chance) {
  const [provice, city] = chance.pick(PLACES);
  const nickName = name(chance);
  // The long form is that of the seed's recall list.
  const picture = chance.once(2)
    ? `mmopen/vi_32/${chance.text(BASE64, 86)}`
    : `mmhead/${chance.text(BASE64, 43)}`;
  return {
    user_name: nickName,
    picture_url: chance.once(20) ? "" : `https://wx.qlogo.cn/${picture}`,
    provice,
    ...(!chance.once(10) && { city, country: "CN", language: "zh_CN" }),
    openid: openid(chance),
    ...(!chance.once(8) && { nick_name: nickName }),
    ...(chance.once(2) && { friend_remark: name(chance) }),
  };
}

function qqFriend(chance) {
  const picture = chance.once(2)
    ? `https://q.qlogo.cn/qqapp/1106977030/${chance.text(HEX, 32)}/`
    : `https://thirdqq.qlogo.cn/qqopen/${chance.text(BASE64, 62)}/`;
  return {
    user_name: chance.once(8) ? name(chance) : chance.pick(LATIN),
    gender: chance.below(3),
    picture_url: picture,
    openid: openid(chance),
  };
}

/** The bytes of an answer with so many friends. */
export function friendListAnswer(chance, channel, count) {
  const friend = channel === QQ ? qqFriend : wechatFriend;
  const answer = {
    ret: 0,
    msg: "",
    lists: Array.from({ length: count }, () => friend(chance)),
    ...(channel === QQ && { is_lost: 0 }),
    seq: `${chance.text(DIGITS, 10)}-${chance.text(DIGITS, 10)}-019804-${chance.text(DIGITS, 10)}`,
  };
  return new TextEncoder().encode(JSON.stringify(answer));
}
