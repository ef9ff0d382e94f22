// WeChat's request, and those made after it: QQ's and Douyin's. Every HTTP status is a success.

import { bodyOf, checkedHeaders, checkedUrl, dataOf, oddHeaders, startTask } from "./request-task.mjs";

/**
 * `atOnce`: how many requests may be open. One more fails, as in old base libraries; new ones keep it waiting. `gauge`:
 * where it is kept how many are `open`, and how many have been, `peak`.
 */
export function wechatLike({ atOnce, carry, timers, gauge = { open: 0, peak: 0 } }) {
  function request(options) {
    const tell = (callback, result) => {
      if (callback) callback(result);
      if (options.complete) options.complete(result);
    };
    const fail = (why) => tell(options.fail, { errMsg: `request:fail ${why}` });
    const refuse = (why) => {
      timers.setTimeout(fail, 0, why);
      return { abort() {} };
    };
    const closing = (outcome) => (value) => {
      gauge.open -= 1;
      outcome(value);
    };

    let sent;
    try {
      sent = read(options);
    } catch (error) {
      return refuse(error.message);
    }
    if (gauge.open >= atOnce) return refuse(`exceed max request connection count ${atOnce}`);
    gauge.open += 1;
    gauge.peak = Math.max(gauge.peak, gauge.open);
    return startTask({
      sent,
      isManual: options.redirect === "manual",
      carry,
      timers,
      timeoutMs: options.timeout,
      answered: closing(({ status, headers, body }) => {
        const type = options.responseType === "arraybuffer" ? "arraybuffer" : textType(options.dataType);
        const header = oddHeaders(headers);
        tell(options.success, { statusCode: status, header, data: dataOf(body, type), errMsg: "request:ok" });
      }),
      refused: closing(({ refused }) => fail(`errcode:-102 cronet_error_code:-102 error_msg:${refused}`)),
      expired: closing(() => fail("timeout")),
      aborted: closing(() => fail("abort")),
    });
  }

  return { request };
}

/** Without `dataType: "text"` a host reads every text as JSON if it can. */
const textType = (dataType) => (dataType === undefined || dataType === "json" ? "json" : "text");

const read = ({ url, method = "GET", header, data }) => ({
  url: checkedUrl(url),
  method,
  headers: Object.assign({ "content-type": "application/json" }, checkedHeaders(header)),
  body: bodyOf(data),
});
