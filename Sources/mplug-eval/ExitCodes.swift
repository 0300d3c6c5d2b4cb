import Archives
import ArgumentParser
import Checkpoints
import Datasets
import Evaluation
import Foundation
import Media
import Metrics
import Models
import Pickle
import Records
import Resources
import Tensors
import Text

/// The one place that knows which error ends the process with which code.
enum ExitCodes {
  static let gateFailed: Int32 = 10
  static let gateCannotTell: Int32 = 11
  static let usage: Int32 = 64
  static let wrongContent: Int32 = 65
  static let missingFile: Int32 = 66
  static let internalError: Int32 = 70
  static let ioFailed: Int32 = 74
  static let incomplete: Int32 = 75

  /// Prints an error as one line on standard error and ends the process.
  static func exit(with error: any Error) -> Never {
    if let code = code(for: error) {
      Terminal.say("\(error)")
      Foundation.exit(code)
    }
    // Help and version come as errors too: the parser prints those to standard output itself.
    let code = MPLUGEval.exitCode(for: error)
    if code == .success { MPLUGEval.exit(withError: error) }
    if code == .validationFailure {
      let message = MPLUGEval.message(for: error)
      let lines = message.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
      let line = lines.joined(separator: " ")
      Terminal.say(
        "\(line.hasSuffix(".") ? String(line.dropLast()) : line); see `mplug-eval --help`")
      Foundation.exit(usage)
    }
    Terminal.say("unexpected: \(error); please report it")
    Foundation.exit(internalError)
  }

  /// The error that weighs most, as the code of a command that found several: wrong content before
  /// missing files, since a file may be left out on purpose and is never damaged on purpose; then
  /// files that cannot be read.
  static func heaviest(of errors: [any Error]) -> (any Error)? {
    let order = [internalError, wrongContent, missingFile, ioFailed, incomplete]
    func weight(_ error: any Error) -> Int {
      order.firstIndex(of: code(for: error) ?? internalError) ?? order.count
    }
    return errors.min { weight($0) < weight($1) }
  }

  fileprivate static func code(for error: any Error) -> Int32? {
    switch error {
    case let error as DatasetError: error.exitCode
    case let error as EvaluationError: error.exitCode
    case let error as ModelError: error.exitCode
    case let error as RecordError: error.exitCode
    case let error as ResourceError: error.exitCode
    case is ArchiveError, is CheckpointError, is CSVError, is GroundingPhraseError, is JSONError,
      is KeyedTensorsError,
      is MediaError, is METEORDataError, is MetricError, is PickleError, is SafetensorsError,
      is VisualFeatureFileError, is VocabularyError, is WrongInput:
      wrongContent
    case is OpenBLASError: missingFile
    case is LauncherError, is UsageError: usage
    case let verdict as GateVerdict: verdict.exitCode
    case is VerificationFailed: gateFailed
    default: nil
    }
  }
}

extension DatasetError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unknownBenchmark, .unknownSplit, .splitNeeded: ExitCodes.usage
    case .badCard: ExitCodes.internalError
    case .missingFiles: ExitCodes.missingFile
    case .wrongKind, .badRecord, .badValue, .duplicateID, .unknownIDs, .missingIDs, .badTensor,
      .empty:
      ExitCodes.wrongContent
    }
  }
}

extension GateVerdict {
  fileprivate var exitCode: Int32 {
    switch self {
    case .failed: ExitCodes.gateFailed
    case .cannotTell: ExitCodes.gateCannotTell
    }
  }
}

extension EvaluationError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unknownMetric, .notExternal, .metricDoesNotFit, .frequenciesUnused, .cleaningDoesNotFit,
      .answersDoNotFit, .severalRuns, .unknownTolerance, .unknownSample:
      ExitCodes.usage
    case .metricNeeds, .notAvailable, .noRuns, .mediaMissing, .noAnswerList, .noParts:
      ExitCodes.missingFile
    case .incomplete: ExitCodes.incomplete
    case .badRun, .incomparable, .badBaseline, .contradiction, .badFixture, .mediaUnreadable:
      ExitCodes.wrongContent
    case .unusableData(_, _, let reason), .samplesFailed(_, _, _, _, _, let reason),
      .runsFailed(_, _, let reason):
      ExitCodes.code(for: reason) ?? ExitCodes.wrongContent
    case .notFinite: ExitCodes.internalError
    }
  }
}

extension ModelError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .unknownModel: ExitCodes.usage
    default: ExitCodes.wrongContent
    }
  }
}

extension ResourceError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .notMETEOR, .noParaphrases: ExitCodes.missingFile
    case .badLine, .badFile: ExitCodes.wrongContent
    case .noCacheFolder: ExitCodes.usage
    }
  }
}

extension RecordError {
  fileprivate var exitCode: Int32 {
    switch self {
    case .missingFile, .notAFolder: ExitCodes.missingFile
    case .unreadable, .writeFailed: ExitCodes.ioFailed
    case .unwritableNumber: ExitCodes.internalError
    }
  }
}

/// An argument that parses and makes no sense.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}

/// Standard input that is not what the verb reads.
struct WrongInput: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
