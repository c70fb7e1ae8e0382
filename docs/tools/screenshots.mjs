// screenshots.mjs WXPUSHER: takes the pictures of the sandbox's page and of the command that the documentation shows, with this
// command. Needs util-linux's `script` for the terminal.

import { spawn, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import puppeteer from 'puppeteer-core'

const wxpusher = process.argv[2]
const images = join(dirname(fileURLToPath(import.meta.url)), '..', 'images')
const sandbox = spawn(wxpusher, ['sandbox', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'inherit'] })
process.on('exit', () => sandbox.kill())
const [said] = await once(sandbox.stdout, 'data')
const base = said.toString().match(/http:\/\/[\d.]+:\d+/)[0]
const environment = { ...process.env, WXPUSHER_BASE_URL: base, WXPUSHER_APP_TOKEN: 'AT_testdemo' }
const send = (...args) => execFileSync(wxpusher, ['send', ...args], { env: environment })
send('备份完成，用时 3 分 12 秒', '--uid', 'UID_testalice')
send('今晚 23:00 停机维护，预计 30 分钟', '--topic', '9701', '--summary', '停机维护')
send('## 磁盘已满\n\n`/dev/sda1` 已用 **100 %**\n\n- /var/log 81 GB\n- /home 12 GB', '--markdown', '--uid', 'UID_testalice', '--summary', '磁盘已满')

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
for (const [language, name] of [['zh', 'sandbox-zh'], ['en', 'sandbox-en']]) {
  const page = await browser.newPage()
  await page.setViewport({ width: 1200, height: 720 })
  await page.evaluateOnNewDocument((value) => localStorage.setItem('wxpusher-language', value), language)
  await page.goto(`${base}/#/people/UID_testalice`)
  await page.waitForFunction(() => document.body.innerText.includes('磁盘已满'))
  await page.evaluate(() => [...document.querySelectorAll('a, button')].find((item) => item.textContent.includes('磁盘已满'))?.click())
  await page.waitForSelector('iframe')
  await new Promise((done) => setTimeout(done, 500))
  await page.screenshot({ path: join(images, `${name}.png`) })
  await page.close()
}

// The command in a terminal: its output with colours, as a picture.
const COLOURS = { 31: '#ff7b72', 32: '#3fb950', 33: '#d29922', 36: '#39c5cf', 1: '#ffffff', 2: '#8b949e' }
function html(text) {
  const escaped = text.replace(/\r/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;')
  let isOpen = false
  return escaped.replace(/\x1b\[([\d;]*)m/g, (_, codes) => {
    const colour = codes.split(';').map((code) => COLOURS[code]).find(Boolean)
    const start = isOpen ? '</span>' : ''
    isOpen = Boolean(colour)
    return start + (colour ? `<span style="color:${colour}">` : '')
  }).replace(/[\u2e80-\u9fff\uff00-\uff60]/gu, '<i style="width:2ch">$&</i>').replace(/[✓✗]/gu, '<i style="width:1ch">$&</i>') + (isOpen ? '</span>' : '')
}
for (const language of ['zh', 'en']) {
  const lines = []
  for (const command of ["wxpusher send '磁盘已满' -u UID_testalice -u UID_testbob -t 9701", 'wxpusher users list', "wxpusher send '磁盘已满' --uid UID_testbob"]) {
    const run = command.replace('wxpusher', `'${wxpusher}'`)
    let output
    try {
      output = execFileSync('script', ['-qec', `stty cols 100; ${run}`, '/dev/null'], { env: { ...environment, TERM: 'xterm-256color', WXPUSHER_LANG: language } })
    } catch (error) {
      output = error.stdout
    }
    lines.push(`<b>$ ${html(command)}</b>\n${html(output.toString())}`)
  }
  const page = await browser.newPage()
  await page.setViewport({ width: 900, height: 200 })
  await page.setContent(`<style>i { display: inline-block; font-style: normal; text-align: center }</style><body style="margin:0;background:#0d1117"><pre style="display:inline-block;margin:0;padding:16px 20px;color:#c9d1d9;
    font:14px/1.5 'Noto Sans Mono CJK SC','WenQuanYi Micro Hei Mono',monospace">${lines.join('\n')}</pre></body>`)
  await (await page.$('pre')).screenshot({ path: join(images, `command-${language}.png`) })
}
await browser.close()
sandbox.kill()
