// Sets the theme before the first paint, so that nothing flashes.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('hindcast.theme')
  } catch (e) {
    // A browser that keeps nothing follows the system's theme.
  }
  var light = window.matchMedia && window.matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : light ? 'light' : 'dark'
})()
