import type * as en from "../en/handover.ts";

export const handover: typeof en.handover = {
  open: "转人工规则",
  title: "机器人何时转人工",
  hint: "从下一条消息起生效。转人工按钮始终可用；答案留空的问题也总会转人工。",
  bot: "机器人",
  none: "还没有机器人",
  phrases: "要求人工的说法",
  words: "拦截词",
  wordsHint: "每行一个。访客只要说到，就转人工。",
  phrasesHint: "每行一个。",
  offer_after: "连续几次答不上来后，提示可以转人工",
  unknown_after: "连续几次答不上来后，直接转人工",
  never: "0 表示不启用。",
  rating: "访客表示回答没有帮助时",
  image: "访客发送图片时",
  tone: "访客语气激动时",
  toneHint: "按中英文词表判断，识别不了反话；宁可漏判，也不误判。",
  why: {
    phrase: "机器人会转人工：访客要求人工。",
    word: "机器人会转人工：命中拦截词。",
    tone: "机器人会转人工：访客语气激动。",
    answer: "机器人会转人工：该问题的答案为空。",
    unknown: "机器人会转人工：答不上来。",
    rating: "机器人会转人工：回答没有帮助。",
    image: "机器人会转人工：访客发了图片。",
  },
};
