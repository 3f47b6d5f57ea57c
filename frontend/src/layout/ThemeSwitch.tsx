import { useTheme } from '../theme/useTheme'
import styles from './ThemeSwitch.module.css'

export function ThemeSwitch() {
  const [theme, choose] = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  return (
    <button
      type="button"
      className={styles.switch}
      onClick={() => choose(other)}
      aria-label={`Switch to ${other} theme`}
      title={`Switch to ${other} theme`}
    >
      <svg viewBox="0 0 20 20" aria-hidden="true">
        {theme === 'dark' ? (
          <path d="M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7z" />
        ) : (
          <path d="M10 6.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M4 16l1.4-1.4M14.6 5.4 16 4" />
        )}
      </svg>
    </button>
  )
}
