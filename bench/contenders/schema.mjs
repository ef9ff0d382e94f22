// The platform's answer as a zod schema. A text is repaired where it is mapped, so that no value is copied twice.

// As a namespace: `import { z }` would keep every locale in a bundle.
import * as z from "zod";

const text = z.union([z.string(), z.number()]).nullish();

const friend = z.object({
  openid: z.union([z.string().min(1), z.int().nonnegative()]),
  user_name: text,
  gender: z.unknown().optional(),
  picture_url: text,
  nick_name: text,
  friend_remark: text,
  country: text,
  provice: text,
  city: text,
  language: text,
});

export const answerSchema = z.object({
  ret: z.union([z.literal(0), z.literal("0")]),
  lists: z.array(friend).nullish(),
  is_lost: z.unknown().optional(),
  seq: text,
});
