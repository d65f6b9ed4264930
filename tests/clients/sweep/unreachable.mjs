// Errors of the contract that nothing can bring about, and why. What stands here is checked not to be seen.
const deletesAtOnce = 'a delete has happened when it is answered: nothing is seen while it is deleted';
const notHeld = 'nothing keeps such a resource from being deleted or changed';

const reasons = {
  ResourceInUse: {
    [deletesAtOnce]: [
      'CreateDataDeletionJob', 'CreateDataset', 'CreateDatasetExportJob', 'CreateDatasetImportJob', 'CreateEventTracker', 'CreateMetricAttribution',
      'CreateRecommender', 'CreateSolution', 'CreateSolutionVersion', 'ListTagsForResource', 'TagResource', 'UntagResource', 'UpdateSolution',
      'PutActionInteractions', 'PutActions', 'PutItems', 'PutUsers',
    ],
    [notHeld]: ['DeleteCampaign', 'DeleteEventTracker', 'DeleteMetricAttribution', 'DeleteRecommender', 'UpdateMetricAttribution'],
    'what cannot be stopped is an InvalidInputException': ['StopSolutionVersionCreation'],
    'a batch job or an import ends too soon to be met with certainty; the tests of the grains hold it': ['DeleteFilter', 'UpdateDataset'],
    'a campaign moves too soon to be met with certainty; the tests of the grains hold it': ['UpdateCampaign'],
  },
  LimitExceeded: {
    'a group has one dataset of a type, and one tracker: a second one is a ResourceAlreadyExistsException': ['CreateDataset', 'CreateEventTracker'],
    'too many tags are a TooManyTagsException': ['TagResource'],
    'nothing of a solution that can be changed has a limit': ['UpdateSolution'],
  },
};

export function unreachable(operation, error) {
  return Object.entries(reasons[error] ?? {}).find(([, operations]) => operations.includes(operation))?.[0];
}
