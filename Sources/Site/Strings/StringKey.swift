/// A text of the interface that is made in Swift; those that stand in templates alone are named there.
public enum StringKey: String, CaseIterable, Sendable {
  // Around each page.
  case pageNotFound, search

  // Lists.
  case experiments, models, tags, pageOfList

  // Figures.
  case backToContent, figureInPage, pictureInPage, photoAlt, panelAlt, explained, probability, logit, rank, value,
    `class`, classes,
    target,
    layer, box, boxOverlap

  // Differences of the maps of two networks.
  case difference, differenceAlt, differenceOwn, differenceShared, unlikeMaps

  // Numbers.
  case percentage, percentageBelow, interval, intervalSigned, times, both

  // The words in the plots of that.
  case plotCurves, plotPixels, plotNoPixels, plotAllPixels, plotProbability, plotValue, plotDeletion, plotInsertion,
    plotMasked, plotRandomized, plotLastLayer, plotLostLayers, plotAllLayers, plotLikeness, plotSpearman

  // The page of a model.
  case input, inputSize, resizeStretch, resizeCrop, resizePad, channels, valueOfWhite, valueOfWhiteUnsaid, mean,
    standardDeviation, outputs, output, probabilitiesAlready, parameters, operations, operationsCount, defaultLayer,
    defaultLayerReason, guidedRule, cam, camAt, camUndefined

  // Why a layer is looked at.
  case layerAskedFor, layersAskedFor, layerOfCard, layerChosen, reasonLastConvolution, reasonEndOfBlock,
    reasonAveraged, reasonLastTokens, reasonBeforeLastAttention, reasonBeforeAttentionPooling

  // What a layer sees.
  case viewMirrorImages, viewSeveralParts, viewWarped, viewPart, viewPartAcross, viewPartDown, viewBorder,
    viewMirrored, sidesAcross, sidesDown, viewMirroredElsewhere

  // Notes on networks.
  case scoresAreProbabilities, scoresLookLikeProbabilities, ruleGuided, ruleDeconvolution, gradientGuided,
    gradientDeconvolved, rectifiersOne, rectifiersOther, boundedRelu, reachesNothing, reachesAll, reachesSome,
    reachesUnknown, reachesSomeUnknown, ruleChangesNothing, ruleMisses, ruleMayMiss

  // What there is to know of a map, or instead of one.
  case infiniteOne, infiniteOther, missingOne, missingOther, notFinite, resultNotFinite, mapNotFinite,
    gradientNotFinite, activationNotFinite, allAgainst, saturated, saturatedProbability, sameForAll, sameForAllAt,
    inputOutside, inputNotNormalized, inputTiny, inputFar, inputFlat

  // Tables of evaluations.
  case measuredBeforeChange, ofFirstPictures, inPercent, time, timeMeaning, evaluationSubject

  // Cards of methods.
  case source, appliesTo, appliesToCam, appliesToAttention, appliesToRectifiers, appliesToLayers,
    appliesToDifferentiable, appliesToAll, valuesTitle, valuesHeatMapCell, valuesHeatMapPixel, valuesSignedMapCell,
    valuesSignedMapPixel, valuesGradient, valuesBoxes, determinism, deterministic, hyperparameters,
    hyperparameterLayer, hyperparametersNone, cost, costOneRun, costMaps, costRunsAndBack, costRuns, costMeasured,
    halfLiesIn, halfOfPicture, testPassed, testInconclusive, testFailed, testNotMeasured, testLocalization,
    testLocalizationRule, testDeletion, testDeletionRule, testInsertion, testInsertionRule, testCompleteness,
    testCompletenessRule, testLabelSensitivity, testLabelSensitivityRule, testModelSensitivity,
    testModelSensitivityRule

  /// As files of texts write it: `page_not_found` for `pageNotFound`.
  var name: String { Self.names[self] ?? rawValue }

  private static let names = Dictionary(
    uniqueKeysWithValues: allCases.map { key in
      (key, key.rawValue.map { $0.isUppercase ? "_" + $0.lowercased() : String($0) }.joined())
    })
}
