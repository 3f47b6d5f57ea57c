// Sets the theme before the first paint, to avoid a flash.
;(function () {
  var chosen = null
  try {
    chosen = localStorage.getItem('hindcast.theme')
  } catch (e) {
    // Without storage, the theme follows the system.
  }
  var light = window.matchMedia && window.matchMedia('(prefers-color-scheme: light)').matches
  document.documentElement.dataset.theme = chosen === 'light' || chosen === 'dark' ? chosen : light ? 'light' : 'dark'
})()
