// Alipay's request: other names than WeChat's, numbered errors, and an HTTP status that is an error is a failure.

import { bodyOf, checkedHeaders, checkedUrl, dataOf, oddHeaders, startTask } from "./request-task.mjs";

const errors = {
  parameter: 2,
  aborted: 9,
  network: 12,
  timeout: 13,
  status: 19,
};

export function alipay({ carry, timers }) {
  function request(options) {
    const tell = (callback, result) => {
      if (callback) callback(result);
      if (options.complete) options.complete(result);
    };
    const fail = (error, errorMessage, more) =>
      tell(options.fail, Object.assign({ error, errorMessage }, more));

    let sent;
    try {
      sent = read(options);
    } catch (error) {
      timers.setTimeout(fail, 0, errors.parameter, error.message);
      return { abort() {} };
    }
    return startTask({
      sent,
      carry,
      timers,
      timeoutMs: options.timeout,
      answered({ status, headers, body }) {
        const result = { status, headers: oddHeaders(headers), data: dataOf(body, options.dataType) };
        if (status >= 200 && status < 300) tell(options.success, result);
        else fail(errors.status, "http status error", result);
      },
      refused: () => fail(errors.network, "network error"),
      expired: () => fail(errors.timeout, "timeout"),
      aborted: () => fail(errors.aborted, "request aborted"),
    });
  }
  return { request };
}

const read = ({ url, method = "GET", headers, data }) => ({
  url: checkedUrl(url),
  method,
  headers: Object.assign({ "content-type": "application/json" }, checkedHeaders(headers)),
  body: bodyOf(data),
});
