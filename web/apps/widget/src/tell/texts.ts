import type { Language } from "../loader/texts.ts";

const en = {
  title: "When there is an answer",
  intro:
    "Your browser shows who has answered, also while this chat is closed. What was said stays in the chat.",
  allow: "Allow notifications",
  done: "Done. You will be told when there is an answer.",
  denied:
    "Your browser doesn’t allow it. You can change that beside its address bar, and try again.",
  failed: "That didn’t work. Please try again from the chat.",
  close: "Close",
};

export const texts: Readonly<Record<Language, typeof en>> = {
  en,
  "zh-CN": {
    title: "有回复时通知我",
    intro: "关闭聊天窗口后，浏览器也会提示是谁回复了您。消息内容只留在聊天里。",
    allow: "允许通知",
    done: "设置好了，有回复时会通知您。",
    denied: "浏览器不允许通知。请点击地址栏旁的图标修改后再试。",
    failed: "没有成功，请回到聊天窗口再试一次。",
    close: "关闭",
  },
  ar: {
    title: "عندما يصل ردّ",
    intro: "يُظهر لك المتصفّح من أجابك، حتى والمحادثة مغلقة. أمّا ما قيل فيبقى في المحادثة.",
    allow: "السماح بالإشعارات",
    done: "تمّ. سنُعلمك عندما يصل ردّ.",
    denied: "المتصفّح لا يسمح بذلك. يمكنك تغييره بجانب شريط العنوان ثم المحاولة مجدّدًا.",
    failed: "لم ينجح ذلك. حاول مجدّدًا من المحادثة.",
    close: "إغلاق",
  },
};
