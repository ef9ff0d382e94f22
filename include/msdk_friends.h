/*
 * The C interface of msdk-friends: signs the calls of the MSDK v5 friend-relationship backend and reads its answers. It has
 * no network, no clock and no state.
 *
 * The same functions are the exports of msdk_friends_capi.wasm, where `size_t` and pointers are i32.
 *
 * Texts are UTF-8: a pointer and a length in bytes, a 0 behind them is not needed. Where a length is 0, its pointer may be
 * anything. `channel` is an id as on the wire, such as 1 for WeChat and 2 for QQ.
 */
#ifndef MSDK_FRIENDS_H
#define MSDK_FRIENDS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#ifndef MSDK_API
#define MSDK_API extern
#endif

/* What msdk_abi_version() gives for this header. */
#define MSDK_ABI_VERSION 1

/* What every function below returns but msdk_abi_version and msdk_alloc. */
#define MSDK_OK 0
/* Refused. The result's text is the error as a JSON object: kind, message, retryable, and where they apply ret, msg,
 * platformCode, seq, field, allowed, offset, jsonPath. */
#define MSDK_ERROR (-1)
/* A pointer with its length, or the one to the result, is not to memory of the caller. Nothing was done. */
#define MSDK_BAD_POINTER (-2)
/* A text is not UTF-8. Nothing was done. */
#define MSDK_BAD_TEXT (-3)
/* There is not enough memory. Nothing was done; with more memory, or less to do, the same call works. */
#define MSDK_OUT_OF_MEMORY (-4)
/* A fault of the library, of native builds only: please report it. */
#define MSDK_FAULT (-5)

typedef int32_t msdk_status;

/* Written by every function that takes one, whatever it returns (but where this very pointer is bad). In the wasm: 16 bytes,
 * an i32 at 0, an i32 at 4, an f64 at 8. */
typedef struct msdk_result {
  char *text;    /* free it with msdk_free; NULL where there is none. A 0 stands behind it. */
  size_t length; /* of the text, in bytes, without that 0 */
  double number; /* 0 where there is none */
} msdk_result;

MSDK_API uint32_t msdk_abi_version(void);

/* A block for arguments or a result, aligned to 8 in the wasm and for anything natively; NULL where there is no memory. Native callers need none: their
 * own memory does. */
MSDK_API void *msdk_alloc(size_t length);

/* Frees a result's text or a block of msdk_alloc, once. NULL is nothing to free. Natively another pointer is as bad as for
 * free(); in the wasm it is MSDK_BAD_POINTER. */
MSDK_API msdk_status msdk_free(void *block);

/* Text: the library's version, such as "0.1.0". */
MSDK_API msdk_status msdk_version(msdk_result *result);

/* Text: the query of one attempt, without sig. `options` is the JSON object of a client's options: gameId, channel, os,
 * source, version, conn, extraQuery. `ts` is in Unix seconds. `proxied` is not 0 where a proxy adds os, gameid, ts and sig. */
MSDK_API msdk_status msdk_query(const char *options, size_t options_length, const char *seq, size_t seq_length,
                                int32_t proxied, int64_t ts, msdk_result *result);

/* Text: the query of these parameters, a JSON object of names and texts or numbers, sorted as it is signed and sent. */
MSDK_API msdk_status msdk_canonical_query(const char *parameters, size_t parameters_length, msdk_result *result);

/* Text: what is signed, all but the key. */
MSDK_API msdk_status msdk_canonical_text(const char *path, size_t path_length, const char *query, size_t query_length,
                                         const char *body, size_t body_length, msdk_result *result);

/* Text: the signature, 32 digits. `query` is a text of msdk_query or msdk_canonical_query. */
MSDK_API msdk_status msdk_sign(const char *path, size_t path_length, const char *query, size_t query_length,
                               const char *body, size_t body_length, const char *key, size_t key_length,
                               msdk_result *result);

/* Text: the body of a call, to be signed and sent byte for byte. Number: the channel whose rules its answer follows.
 * `endpoint` is a name such as "friend_list", `request` the JSON object of what the call takes. */
MSDK_API msdk_status msdk_prepare(const char *endpoint, size_t endpoint_length, const char *request,
                                  size_t request_length, uint32_t channel, int32_t proxied, msdk_result *result);

/* Text: {"warnings":[…]}, sentences about what msdk_prepare lets pass although the platform advises against it. */
MSDK_API msdk_status msdk_warnings(const char *endpoint, size_t endpoint_length, const char *request,
                                   size_t request_length, uint32_t channel, int32_t proxied, msdk_result *result);

/* Text: what the backend answered, as a JSON object; a list is its `friends`. The answer may be any bytes. `status` is the
 * HTTP status, 0 for a redirect. A refusal of the backend is MSDK_ERROR. */
MSDK_API msdk_status msdk_read_answer(const char *endpoint, size_t endpoint_length, const char *answer,
                                      size_t answer_length, uint32_t status, uint32_t channel, int32_t use_remark,
                                      msdk_result *result);

/* Text: the picture's address in exactly this size; none where there is no picture. */
MSDK_API msdk_status msdk_avatar_url(const char *picture_url, size_t picture_url_length, uint32_t channel,
                                     double pixels, msdk_result *result);

/* The same, in the smallest size that covers so many CSS pixels on a screen with this ratio. */
MSDK_API msdk_status msdk_avatar_url_to_fit(const char *picture_url, size_t picture_url_length, uint32_t channel,
                                            double css_pixels, double device_pixel_ratio, msdk_result *result);

/* Number: that size, in pixels; 0 is the original picture. */
MSDK_API msdk_status msdk_avatar_size(uint32_t channel, double css_pixels, double device_pixel_ratio,
                                      msdk_result *result);

/* Text: an HTML srcset of the sizes, without the original; none where the address takes no size. */
MSDK_API msdk_status msdk_avatar_srcset(const char *picture_url, size_t picture_url_length, uint32_t channel,
                                        msdk_result *result);

/* Number: the gender that may be shown of the one that arrived: 0 unknown, 1 male, 2 female. */
MSDK_API msdk_status msdk_mask_gender(uint32_t channel, int64_t gender, msdk_result *result);

/* Text: the ARK template as it is sent, from its JSON, in which comments are allowed. */
MSDK_API msdk_status msdk_pack_ark_extra(const char *json, size_t json_length, msdk_result *result);

/* Text: the platform's limits on sharing, a JSON object. */
MSDK_API msdk_status msdk_share_limits(msdk_result *result);

/* Text: {"endpoints":[…]}, each with name, path, idempotent, channels (none: all), secrets, seed. */
MSDK_API msdk_status msdk_endpoints(msdk_result *result);

/* Number: the wait in milliseconds before the next attempt, or -1 where the call has failed. `attempt` is the one that
 * failed, from 1; `repeatable` not 0 where the endpoint is idempotent and the error retryable; `retry_after_ms` is negative
 * where the backend asks for nothing; `random` is from 0 to 1. */
MSDK_API msdk_status msdk_retry_delay(uint32_t attempt, uint32_t max_retries, int32_t repeatable, double retry_after_ms,
                                      double left_ms, double random, msdk_result *result);

#ifdef __cplusplus
}
#endif

#endif
