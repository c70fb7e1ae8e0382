// All texts of the page, in Chinese and English.
const texts = {
  title: ["WxPusher 沙箱", "WxPusher sandbox"],
  live: ["实时", "Live"], offline: ["已断开", "Disconnected"],
  copy: ["复制", "Copy"], copied: ["已复制", "Copied"], theme: ["切换深色或浅色", "Switch light or dark"],
  people: ["用户", "People"], qrcodes: ["二维码", "QR codes"], apps: ["应用", "Apps"], calls: ["请求", "Calls"],
  callbacks: ["回调", "Callbacks"], controls: ["控制", "Controls"], back: ["返回", "Back"], sections: ["页面", "Sections"],
  search: ["搜索 UID 或名字", "Search UID or name"], add: ["添加", "Add"], newUid: ["新用户的 UID", "UID of a new user"],
  unread: ["条未读", "unread"], noPeople: ["没有匹配的用户", "No matching users"], pick: ["选择一位用户，查看收到的消息。", "Select a user to see their messages."],
  messages: ["消息", "Messages"], message: ["消息详情", "Message"],
  empty: ["还没有消息。试试发一条：", "No messages yet. Send one:"], simplePush: ["极简推送", "Simple push"],
  byUid: ["按 UID", "by UID"], byTopic: ["按主题", "by topic"], bySpt: ["按 SPT", "by SPT"], deleted: ["正文已删除", "page deleted"],
  phone: ["手机", "Phone"], source: ["原文", "Source"], json: ["JSON", "JSON"], remote: ["加载远程图片", "Load remote images"],
  open: ["查看原文链接", "Open link"], status: ["状态", "Status"], time: ["时间", "Time"], type: ["类型", "Type"],
  text: ["文本", "Text"], newMessage: ["新消息", "New message"], act: ["以该用户操作", "Act as this user"],
  command: ["发送指令", "Send command"], commandHint: ["#97 你好", "#97 hello"], send: ["发送", "Send"],
  subscribe: ["关注", "Subscribe"], unsubscribe: ["取消关注", "Unsubscribe"], target: ["应用或主题", "App or topic"],
  pay: ["付款", "Pay"], refund: ["退款", "Refund"], product: ["产品", "Product"], fen: ["金额（分）", "Amount (fen)"],
  days: ["天数", "Days"], order: ["订单", "Order"], scan: ["扫码", "Scan"], code: ["二维码", "QR code"],
  entry: ["打开入口链接", "Open entry link"], remove: ["删除用户", "Remove user"], clearInbox: ["清空消息", "Clear messages"],
  result: ["结果", "Result"], done: ["完成", "Done"], noCallback: ["没有回调地址，未发送回调", "No callback URL, nothing was posted"],
  answered: ["接收方返回", "Receiver responded"], failed: ["回调失败", "Callback failed"], pending: ["发送中", "Pending"],
  noCodes: ["还没有二维码。调用 POST /api/fun/create/qrcode 创建。", "No QR codes yet. Create one by POST /api/fun/create/qrcode."],
  expires: ["过期时间", "Expires"], expired: ["已过期", "Expired"], scannedBy: ["最近扫码", "Last scanned by"], none: ["暂无", "none"],
  extra: ["参数", "Extra"], token: ["令牌", "Token"], topics: ["主题", "Topics"], products: ["产品", "Products"],
  callbackUrl: ["回调地址", "Callback URL"], save: ["保存", "Save"], test: ["测试", "Test"], filter: ["筛选", "Filter"],
  noCalls: ["还没有请求。", "No calls yet."], noCallbacks: ["还没有回调。", "No callbacks yet."],
  requestPart: ["请求", "Request"], responsePart: ["响应", "Response"], noResponse: ["没有响应", "No response"],
  truncated: ["（已截断）", "(truncated)"], curl: ["复制为 curl", "Copy as curl"], fault: ["故障", "Fault"], resend: ["重发", "Resend"],
  clock: ["时钟", "Clock"], hour: ["快进 1 小时", "+1 hour"], day: ["快进 1 天", "+1 day"], week: ["快进 7 天", "+7 days"],
  rate: ["频率限制", "Rate limit"], rateHint: ["每个应用 10 秒最多 20 次发送", "20 sends in 10 s per app"], on: ["开", "on"], off: ["关", "off"],
  faults: ["故障", "Faults"], kind: ["种类", "Kind"], route: ["接口", "Route"], any: ["任意", "any"], times: ["次数", "Times"],
  percent: ["概率 %", "Percent"], carriedOut: ["先执行请求", "Carry out the call first"], inject: ["注入", "Inject"], clear: ["清除", "Clear"],
  noFaults: ["没有等待中的故障。", "No faults are waiting."], reset: ["重置", "Reset"], resetAll: ["全部重置", "Reset everything"],
  resetKeep: ["保留应用和用户", "Keep apps and users"], export: ["导出", "Export"], sure: ["确定？", "Sure?"],
};

const store = {
  get: (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      localStorage.setItem(key, value);
    } catch {
      // Storage may be blocked; then the choice lasts until the page is closed.
    }
  },
};

let language = store.get("wxpusher-language") || (navigator.language.startsWith("zh") ? "zh" : "en");

export const locale = () => (language === "zh" ? "zh-CN" : "en");
export const setLanguage = (value) => {
  language = value;
  store.set("wxpusher-language", value);
};
export const t = (key) => texts[key][language === "zh" ? 0 : 1];
export const clock = (ms) => new Date(ms).toLocaleString(locale(), { hour12: false });
export { store };
