import type * as en from "../en/translation.ts";

export const translation: typeof en.translation = {
  name: "翻译",
  asking: "正在翻译…",
  failed: "翻译服务没有正常响应。消息仍可按原文发送。",
  of: "译文",
  hide: "隐藏",
  always: "此会话始终翻译",
  stop: "停止翻译",
  answer: "翻译成{{language}}",
  original: "你的原文",
  restore: "恢复原文",
};

export const translationService: typeof en.translationService = {
  title: "翻译",
  hint: "客服可以用你们自选的翻译服务翻译收到的消息和将要发送的回复。只有客服要求翻译时，文字才会发送到该服务。",
  url: "翻译服务地址",
  urlHint:
    "服务接收文字并返回译文。接口约定见 docs/translation.md，其中说明了如何接入 DeepL、Google 或 LibreTranslate。",
  renew: "保存时会生成密钥，旧密钥随即停用。",
  remove: "停用",
  sure: "确定停用？",
  secret: "密钥",
  secretHint: "请把它配置到翻译服务中，用于确认请求来自我们。密钥只显示这一次。",
};
