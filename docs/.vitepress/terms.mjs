// How the local search splits a text. Chinese has no spaces, so a run of Chinese characters is indexed by its single
// characters and by its pairs; a query is split into pairs. VitePress sends both functions to the browser as source text,
// so neither may refer to anything outside itself.

/** The terms of an indexed text. */
export function indexTerms(text) {
  const terms = []
  for (const [run] of text.toLowerCase().matchAll(/[\u3400-\u9fff]+|(?:(?![\u3400-\u9fff])[\p{L}\p{N}_])+/gu)) {
    if (!/^[\u3400-\u9fff]/.test(run)) {
      terms.push(run)
      if (run.includes('_')) terms.push(...run.split('_').filter(Boolean))
      continue
    }
    for (let at = 0; at < run.length; at++) {
      terms.push(run[at])
      if (at + 1 < run.length) terms.push(run.slice(at, at + 2))
    }
  }
  return terms
}

/** The terms of a query. */
export function queryTerms(text) {
  const terms = []
  for (const [run] of text.toLowerCase().matchAll(/[\u3400-\u9fff]+|[^\u3400-\u9fff\s.,;:!?()[\]{}<>"'`/\\|，。；：！？（）、“”]+/gu)) {
    if (!/^[\u3400-\u9fff]/.test(run) || run.length === 1) terms.push(run)
    else for (let at = 0; at + 1 < run.length; at++) terms.push(run.slice(at, at + 2))
  }
  return terms
}
