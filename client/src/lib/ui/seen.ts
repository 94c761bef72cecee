import type { Attachment } from 'svelte/attachments'

/** Calls each time the element comes near the window. */
export const whenSeen =
  (seen: () => void): Attachment =>
  (element) => {
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && seen(), {
      rootMargin: '320px',
    })
    observer.observe(element)
    return () => observer.disconnect()
  }
