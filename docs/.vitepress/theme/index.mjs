// The default theme without its bundled fonts: the fonts of the system show Chinese and English alike.
import theme from 'vitepress/theme-without-fonts'
import './style.css'

export default theme
