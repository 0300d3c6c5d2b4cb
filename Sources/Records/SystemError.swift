import Foundation

/// What the system says of an error number, with a way to mend the usual ones.
package func systemReason(_ number: Int32) -> String {
  let text = String(cString: strerror(number))
  switch number {
  case EACCES, EPERM, EROFS: return "\(text): give yourself the permission or name another place"
  case ENOSPC, EDQUOT: return "\(text): free some space and run the command again"
  case EISDIR: return "\(text): name a file in it"
  case ENOENT: return "\(text): create the folder that should hold it"
  case ENOTDIR: return "\(text): a file stands where a folder should be, name another place"
  case EEXIST: return "\(text): something else, or a broken link, has this name: name another"
  case ELOOP: return "\(text): links lead to each other, name the file itself"
  case ENAMETOOLONG: return "\(text): choose a shorter name"
  case ENOMEM: return "\(text): free some memory, or read a smaller file"
  case EMFILE, ENFILE: return "\(text): raise the limit with 'ulimit -n'"
  default: return text
  }
}

/// Repeats a system call that a signal broke off.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
  while true {
    let result = call()
    if result != -1 || errno != EINTR { return result }
  }
}

/// What the system says of an error that Foundation threw, with a way to mend the usual ones.
package func systemReason(_ error: any Error) -> String {
  systemNumber(error).map { systemReason($0) } ?? "\((error as NSError).localizedDescription)"
}

/// The number of the system's error under one that Foundation threw.
package func systemNumber(_ error: any Error) -> Int32? {
  if let error = error as? POSIXError { return error.code.rawValue }
  let error = error as NSError
  if error.domain == NSPOSIXErrorDomain { return Int32(truncatingIfNeeded: error.code) }
  return (error.userInfo[NSUnderlyingErrorKey] as? any Error).flatMap(systemNumber)
}
