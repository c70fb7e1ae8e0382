import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'
import { indexTerms, queryTerms } from './terms.mjs'

const sections = JSON.parse(readFileSync(new URL('pages.json', import.meta.url), 'utf8'))

function title(language, page) {
  const text = readFileSync(new URL(`../${language}/${page}.md`, import.meta.url), 'utf8')
  return text.match(/^title: (.+)$/m)[1]
}

function sidebar(language) {
  return sections.map(({ name, pages }) => ({
    text: name[language],
    items: pages.map((page) => ({ text: title(language, page), link: `/${language}/${page}` })),
  }))
}

/** GitHub's rule for heading anchors, so that links work in the repository and on the site. */
function slugify(text) {
  return text.trim().toLowerCase().replace(/[^\p{L}\p{N}\p{M} _-]/gu, '').replace(/ /g, '-')
}

export default defineConfig({
  title: 'WxPusher SDK',
  outDir: process.env.WXPUSHER_SITE ?? '../target/docs/site',
  srcExclude: ['README.md'],
  cleanUrls: false,
  lastUpdated: false,
  metaChunk: true,
  markdown: { anchor: { slugify } },
  vite: { build: { chunkSizeWarningLimit: 2000 } },
  locales: {
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      description: 'WxPusher 的多语言客户端：Rust、Python、C、C++、Kotlin、Swift、命令行和沙箱',
      themeConfig: {
        nav: [
          { text: '开始', link: '/zh/start/account-and-token' },
          { text: '指南', link: '/zh/guides/send' },
          { text: '参考', link: '/zh/reference/protocol' },
        ],
        sidebar: sidebar('zh'),
        outline: { level: [2, 3], label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
        darkModeSwitchLabel: '外观',
        lightModeSwitchTitle: '切换到浅色',
        darkModeSwitchTitle: '切换到深色',
        sidebarMenuLabel: '目录',
        returnToTopLabel: '回到顶部',
        langMenuLabel: '切换语言',
        skipToContentLabel: '跳到正文',
        notFound: { title: '没有这个页面', quote: '链接可能已经改变，请从首页或搜索开始。', linkLabel: '首页', linkText: '回到首页' },
      },
    },
    en: {
      label: 'English',
      lang: 'en',
      description: 'A WxPusher client for Rust, Python, C, C++, Kotlin, Swift and the command line, with a sandbox',
      themeConfig: {
        nav: [
          { text: 'Start', link: '/en/start/account-and-token' },
          { text: 'Guides', link: '/en/guides/send' },
          { text: 'Reference', link: '/en/reference/protocol' },
        ],
        sidebar: sidebar('en'),
        outline: { level: [2, 3] },
      },
    },
  },
  themeConfig: {
    search: {
      provider: 'local',
      options: {
        miniSearch: {
          options: { tokenize: indexTerms },
          searchOptions: { tokenize: queryTerms, combineWith: 'AND', fuzzy: false, prefix: true, boost: { title: 4, titles: 2, text: 1 } },
        },
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                displayDetails: '显示详情',
                resetButtonTitle: '清除',
                backButtonTitle: '关闭',
                noResultsText: '没有找到',
                footer: { selectText: '选择', navigateText: '移动', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
})
